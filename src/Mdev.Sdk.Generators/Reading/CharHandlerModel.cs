namespace Mdev.Sdk.Generators.Reading;

/// <summary>The handler of a file operation other than ioctl(2).</summary>
/// <param name="Kind">Which.</param>
/// <param name="Method">As code calls it.</param>
/// <param name="TakesFile">Whether it is told the open file.</param>
/// <param name="Returns">Whether it returns a result; 0 stands for it otherwise.</param>
/// <param name="IsAsynchronous">Whether it returns before it is done.</param>
internal sealed record CharHandlerModel(CharOperationKind Kind, string Method, bool TakesFile, bool Returns, bool IsAsynchronous);
