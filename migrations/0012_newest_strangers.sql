-- The newest photos that are not on the menu: what a fit reads of them, without reading the others.
CREATE INDEX examples_strangers ON examples (labelled_at DESC, photo_id) WHERE absorbed_class_id = ':none';
