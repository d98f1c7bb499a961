/** The parts of oclif that commands are written in, by the paths that a bundle can take apart. */
export * as Args from '@oclif/core/args'
export * as Flags from '@oclif/core/flags'
