"""Recognition: rules, thanks and what people do with a badge."""
