"""The sections of programme.yaml, one a file: each turns its part of the file into its part of the model."""
