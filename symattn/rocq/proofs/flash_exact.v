split; [|split]; apply/matrixP => i j; rewrite divide_rows softmax_read !norm_row !read_row;
  rewrite !(rescale_norm, rescale_read, rescaleE, add_entry) // !rescale_two // -!mulrDr same_factor //; congr (_ / _);
  first [by rewrite addrA | by rewrite -addrA addrC addrA].
