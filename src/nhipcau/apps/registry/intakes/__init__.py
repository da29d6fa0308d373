"""Lists of people on their way into the register: read, understood, compared, brought in, taken back."""
