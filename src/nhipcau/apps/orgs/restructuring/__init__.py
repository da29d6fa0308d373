"""The engine of the restructuring act.

`outline` says who goes where, `faults` what forbids it, `items` who gets which open item; `moving`, `dated`
and `naming` work out what changes (and write nothing), `changes` writes it with its log and undoes it from
there, `balance` holds the totals by old and by new structure to each other.
"""
