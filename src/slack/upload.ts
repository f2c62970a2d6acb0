/** The address that Slack gave for a file did not take it. Nothing was shown anywhere, so it may be tried again. */
export class UploadRefused extends Error {
  override name = 'UploadRefused';
  readonly code: string;

  constructor(code: string) {
    super(`the upload was refused: ${code}`);
    this.code = code;
  }
}
