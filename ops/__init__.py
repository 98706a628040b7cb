"""The machinery behind `bin/ghar`: standard library only, so that it runs before anything is installed."""
