"""Make the reading network's weights: corpora in, ONNX files and a model card out."""
