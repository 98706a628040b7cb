"""How well searches find what people mean: judged queries, over listings that are made and over real ones."""
