"""Which records of the register are one person: the engine of core.linkage beside the database."""
