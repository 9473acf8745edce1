"""The innermost loop of a convolution: four output channels by sixteen frames, held in registers.

``tile(rows, n, weights, bias, carry, carry_stride, out, out_stride, frames)``, addresses and counts as int64::

    out[o, f] = bias[o] (+ carry[o, f]) + Σ_j weights[j, o] · row_j[f]         o < 4, f < frames

``rows`` is int64[n], the address of each input row's first frame: a tap of a dilated convolution is a row that
starts earlier, so taps, channels and condition are all one sum. ``frames`` is a multiple of 16, strides are in
bytes, ``carry`` is 0 for none.

Written in LLVM's own words because its vectoriser makes the loop over frames the innermost one and then loads and
stores every sum for every product; here eight registers hold the sums.
"""

# ruff: noqa: ARG001 (numba signatures)

from __future__ import annotations

from typing import Any

from llvmlite import ir
from numba import types
from numba.extending import intrinsic

OUTPUTS, FRAMES = 4, 16

_INT = ir.IntType(64)
_FLOAT = ir.FloatType()
_VECTOR = ir.VectorType(_FLOAT, FRAMES)
_ARGUMENTS = 9
_FREE = ("contract",)


@intrinsic
def tile(typingctx: Any, rows: Any, n: Any, weights: Any, bias: Any, carry: Any, carry_stride: Any, out: Any,
         out_stride: Any, frames: Any) -> Any:  # fmt: skip
    """See the head of this file."""
    signature = types.void(*[types.int64] * _ARGUMENTS)

    def codegen(context: Any, builder: Any, signature: Any, values: Any) -> Any:
        function = builder.module.globals.get("convolution_tile") or _define(builder.module)
        builder.call(function, values)
        return context.get_dummy_value()

    return signature, codegen


def _define(module: ir.Module) -> ir.Function:
    function = ir.Function(module, ir.FunctionType(ir.VoidType(), [_INT] * _ARGUMENTS), "convolution_tile")
    function.linkage = "internal"
    function.attributes.add("nounwind")
    rows, n, weights, bias, carry, carry_stride, out, out_stride, frames = function.args
    names = ("entry", "frame", "carried", "sums", "product", "store", "done")
    blocks = {name: function.append_basic_block(name) for name in names}

    build = ir.IRBuilder(blocks["entry"])
    build.branch(blocks["frame"])

    build.position_at_end(blocks["frame"])
    frame = build.phi(_INT)
    frame.add_incoming(_INT(0), blocks["entry"])
    offset = build.mul(frame, _INT(4))
    biases = [_splat(build, _load(build, build.add(bias, _INT(4 * o)), _FLOAT)) for o in range(OUTPUTS)]
    build.cbranch(build.icmp_signed("!=", carry, _INT(0)), blocks["carried"], blocks["sums"])

    build.position_at_end(blocks["carried"])
    carried = []
    for o in range(OUTPUTS):
        address = build.add(build.add(carry, offset), build.mul(carry_stride, _INT(o)))
        carried.append(build.fadd(biases[o], _load(build, address, _VECTOR), flags=_FREE))
    build.branch(blocks["sums"])

    build.position_at_end(blocks["sums"])
    begin = []
    for o in range(OUTPUTS):
        phi = build.phi(_VECTOR)
        phi.add_incoming(biases[o], blocks["frame"])
        phi.add_incoming(carried[o], blocks["carried"])
        begin.append(phi)
    build.branch(blocks["product"])

    build.position_at_end(blocks["product"])  # n is at least 1
    j = build.phi(_INT)
    j.add_incoming(_INT(0), blocks["sums"])
    sums = [build.phi(_VECTOR) for _ in range(OUTPUTS)]
    row = _load(build, build.add(rows, build.mul(j, _INT(8))), _INT)
    samples = _load(build, build.add(row, offset), _VECTOR)
    weight = build.add(weights, build.mul(j, _INT(4 * OUTPUTS)))
    for o in range(OUTPUTS):
        factor = _splat(build, _load(build, build.add(weight, _INT(4 * o)), _FLOAT))
        total = build.fadd(sums[o], build.fmul(samples, factor, flags=_FREE), flags=_FREE)
        sums[o].add_incoming(begin[o], blocks["sums"])
        sums[o].add_incoming(total, blocks["product"])
        begin[o] = total
    following = build.add(j, _INT(1))
    j.add_incoming(following, blocks["product"])
    build.cbranch(build.icmp_signed("<", following, n), blocks["product"], blocks["store"])

    build.position_at_end(blocks["store"])
    for o in range(OUTPUTS):
        address = build.add(build.add(out, offset), build.mul(out_stride, _INT(o)))
        build.store(begin[o], build.inttoptr(address, _VECTOR.as_pointer()), align=4)
    next_frame = build.add(frame, _INT(FRAMES))
    frame.add_incoming(next_frame, blocks["store"])
    build.cbranch(build.icmp_signed("<", next_frame, frames), blocks["frame"], blocks["done"])

    build.position_at_end(blocks["done"])
    build.ret_void()
    return function


def _load(build: ir.IRBuilder, address: Any, kind: Any) -> Any:
    return build.load(build.inttoptr(address, kind.as_pointer()), align=8 if kind is _INT else 4)


def _splat(build: ir.IRBuilder, value: Any) -> Any:
    one = build.insert_element(ir.Constant(_VECTOR, ir.Undefined), value, ir.IntType(32)(0))
    return build.shuffle_vector(one, one, ir.Constant(ir.VectorType(ir.IntType(32), FRAMES), None))
