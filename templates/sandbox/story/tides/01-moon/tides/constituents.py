"""The waves that a tide is made of."""

# Degrees per hour. The names are those that everybody uses since the harmonic tables.
SPEEDS = {
    "M2": 28.9841042,
    "S2": 30.0,
    "N2": 28.4397295,
    "K1": 15.0410686,
    "O1": 13.9430356,
}
