by split; [apply: softmax_ones | move=> i j; apply: softmax_gt0].
