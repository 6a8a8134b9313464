"""Pure functions from observations and events to a Measure that names its inputs."""
