# Only names for bin/ghar, for hands that are used to make.
.PHONY: up down status test check fix doctor bench reset lock

up down status test check fix doctor bench reset lock:
	@bin/ghar $@
