/** A canvas ready to be drawn on in CSS pixels, sharp on every screen. */
export function freshPaper(canvas: HTMLCanvasElement): { paper: CanvasRenderingContext2D; width: number; height: number } {
  const { clientWidth: width, clientHeight: height } = canvas;
  const density = window.devicePixelRatio;
  const [wide, high] = [Math.round(width * density), Math.round(height * density)];
  if (canvas.width !== wide || canvas.height !== high) [canvas.width, canvas.height] = [wide, high];
  const paper = canvas.getContext("2d") as CanvasRenderingContext2D;
  paper.setTransform(density, 0, 0, density, 0, 0);
  paper.clearRect(0, 0, width, height);
  return { paper, width, height };
}
