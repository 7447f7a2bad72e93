"""A loopback AWS: moto's servers and stores, and what moto lacks, so that `bin/deploy` runs as it is."""
