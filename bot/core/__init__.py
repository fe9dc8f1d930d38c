"""The conversation itself: pure functions over frozen values, standard library only.

Nothing in this package does I/O, reads a clock or rolls a die; `tests/core/test_purity.py` holds
it to that. Start reading at `machine.py`.
"""
