"""The machinery behind `bin/ghar`: the standard library only, so that it runs before anything is installed."""
