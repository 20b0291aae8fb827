"""Chapter 6.  Positions: rotations whose cosines and sines are letters (`rotations`), and those by angles (`turns`);
what can be seen of them (`waves`), what commutes with them (`commutants`), and gauges of heads that turn (`gauges`);
biases of scores (`biases`), what a causal mask alone tells (`causal`), masks in which places are numbers (`masks`),
through any number of layers (`layers`), and what is kept or hidden (`caches`).
"""
