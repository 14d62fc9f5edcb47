"""What leaves a launch: one file per format."""
