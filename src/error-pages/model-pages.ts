const AS_BEFORE = 'Nothing was changed; search works as before.'

export const MODEL_PAGES = {
  MODEL_RUNTIME_MISSING: {
    why: 'Search by meaning needs onnxruntime-node, an optional package with a native part of about 90 MB, which npm leaves out where it cannot be installed. Everything else works without it, search by words too. The step installs it where this mhv finds it.',
    kept: AS_BEFORE,
    see: ['MODEL_BROKEN', 'mhv model setup --help'],
  },
  MODEL_NOT_FOUND: {
    why: 'A model is the name of one on its host (owner/name) or a folder with config.json, tokenizer.json, tokenizer_config.json and an ONNX graph. The name is not known there, or the folder lacks one of the files, which the error names.',
    kept: AS_BEFORE,
    see: ['MODEL_UNREACHABLE', 'MODEL_BROKEN', 'mhv model setup --help'],
  },
  MODEL_UNREACHABLE: {
    why: 'The host of models cannot be reached or answers with an error: no network, a proxy in between, or a mirror in HF_ENDPOINT that is away. Fetch the model on another machine and set it up from its folder, which needs no network.',
    kept: AS_BEFORE,
    see: ['MODEL_NOT_FOUND', 'REMOTE_UNREACHABLE'],
  },
  MODEL_BROKEN: {
    why: 'The files of the model are there, but are not what they were, are no sentence model, or the process that runs it ended, as where memory is short. Search goes on by words. Setting the model up again replaces its files; mhv model remove does without.',
    kept: AS_BEFORE,
    see: ['MODEL_NOT_FOUND', 'MODEL_RUNTIME_MISSING', 'mhv model status --help'],
  },
}
