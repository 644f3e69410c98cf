namespace Mdev.Sdk.Generators.Reading;

/// <summary>The handler of one command of ioctl(2).</summary>
/// <param name="Command">The number.</param>
/// <param name="Method">As code calls it.</param>
/// <param name="TakesFile">Whether it is told the open file.</param>
/// <param name="Returns">Whether it returns a result; 0 stands for it otherwise.</param>
/// <param name="Argument">What it takes.</param>
/// <param name="Type">The argument's type, fully qualified; empty where it has none.</param>
/// <param name="CheckedSize">The size that the number says of a struct whose size only its run shows; 0 where none is to be checked.</param>
internal sealed record CharIoctlModel(
    uint Command, string Method, bool TakesFile, bool Returns, CharArgument Argument, string Type, int CheckedSize);
