"""A row vector times a small matrix, for the wave net: written as vector instructions, unrolled.

Left to numba's loops, the sums went through memory after every row, and a sample of the net cost several times as much.
"""

from __future__ import annotations

from typing import Any

from llvmlite import ir
from numba import types
from numba.extending import intrinsic

LANES = 16  # one AVX-512 register, two AVX ones, four NEON ones: LLVM splits it as the machine likes
CHAINS = 3  # sums on the way at once: an addition takes 4 cycles, but two begin in each

_FLOAT, _INT = ir.FloatType(), ir.IntType(32)
_VECTOR = ir.VectorType(_FLOAT, LANES)
_FLAGS = ("contract",)


def product(rows: int, columns: int) -> Any:
    """A compiled ``f(vector, matrix, out)``: out[:columns] += vector[:rows] · matrix[:rows, :columns].

    All are float32 and contiguous, the matrix of exactly ``columns``, which is a multiple of 16.
    """

    @intrinsic
    def multiply(_context, vector, matrix, out):  # type: ignore[no-untyped-def]
        def generate(context, builder, signature, arguments):  # type: ignore[no-untyped-def]
            data = [
                context.make_array(kind)(context, builder, value).data
                for kind, value in zip(signature.args, arguments, strict=True)
            ]
            for first in range(0, columns, LANES):
                _column_block(builder, data, rows, columns, first)
            return context.get_dummy_value()

        return types.void(vector, matrix, out), generate

    return multiply


def _column_block(builder: Any, data: list[Any], rows: int, columns: int, first: int) -> None:
    vector, matrix, out = data

    def place(base: Any, offset: int) -> Any:
        return builder.bitcast(builder.gep(base, [_INT(offset)]), _VECTOR.as_pointer())

    sums = [builder.load(place(out, first), align=4)] + [_VECTOR(None)] * (CHAINS - 1)
    for row in range(rows):
        scalar = builder.load(builder.gep(vector, [_INT(row)]), align=4)
        one = builder.insert_element(_VECTOR(ir.Undefined), scalar, _INT(0))
        every = builder.shuffle_vector(one, _VECTOR(ir.Undefined), ir.VectorType(_INT, LANES)(None))
        weights = builder.load(place(matrix, row * columns + first), align=4)
        chain = row % CHAINS
        sums[chain] = builder.fadd(sums[chain], builder.fmul(weights, every, flags=_FLAGS), flags=_FLAGS)
    total = sums[0]
    for other in sums[1:]:
        total = builder.fadd(total, other, flags=_FLAGS)
    builder.store(total, place(out, first), align=4)
