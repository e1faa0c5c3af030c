/**
 * Three inputs, [rows, 1] each: `n` and `ok` of floats, and the text `word, of the day`. `probabilities` of two classes, the second
 * sigmoid(ok − n / 10 + [word is "a"]), and a `label` of whole numbers. Made with onnx.helper, opset 17 and ai.onnx.ml 3.
 */
export const columnsByName =
  "CAg6wgMKegoQd29yZCwgb2YgdGhlIGRheRIEY29kZSIMTGFiZWxFbmNvZGVyKhcKDWRlZmF1bHRfZmxvYXQVAAAAAKABASoUCgxrZXlzX3N0cmluZ3NKAWGgAQgqFwoNdmFsdWVzX2Zsb2F0cz0AAIA/oAEGOgphaS5vbm54Lm1sChIKAW4KBXNsb3BlEgFtIgNNdWwKDwoBbQoCb2sSAXMiA0FkZAoRCgFzCgRjb2RlEgF6IgNBZGQKDwoBehIBcCIHU2lnbW9pZAoQCgNvbmUKAXASAXEiA1N1YgoqCgFxCgFwEg1wcm9iYWJpbGl0aWVzIgZDb25jYXQqCwoEYXhpcxgBoAECChsKAW4SBWxhYmVsIgRDYXN0KgkKAnRvGAegAQISAWcqDxABIgTNzMy9QgVzbG9wZSoNEAEiBAAAgD9CA29uZVoRCgFuEgwKCggBEgYKAAoCCAFaEgoCb2sSDAoKCAESBgoACgIIAVogChB3b3JkLCBvZiB0aGUgZGF5EgwKCggIEgYKAAoCCAFiFQoFbGFiZWwSDAoKCAcSBgoACgIIAWIdCg1wcm9iYWJpbGl0aWVzEgwKCggBEgYKAAoCCAJCBAoAEBFCDgoKYWkub25ueC5tbBAD";

/** One input `X` of floats, [rows, 2]; one output `value`: the sum of the row. */
export const sumOfTwo =
  "CAg6agosCgFYCgRheGVzEgV2YWx1ZSIJUmVkdWNlU3VtKg8KCGtlZXBkaW1zGAGgAQISAWcqDQgBEAc6AQFCBGF4ZXNaEQoBWBIMCgoIARIGCgAKAggCYhUKBXZhbHVlEgwKCggBEgYKAAoCCAFCBAoAEBE=";
