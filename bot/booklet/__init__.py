"""The booklet that the référente proofreads: the whole programme in the words residents read, on paper."""
