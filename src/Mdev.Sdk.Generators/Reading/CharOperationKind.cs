namespace Mdev.Sdk.Generators.Reading;

/// <summary>Which file operation.</summary>
internal enum CharOperationKind
{
    Open,
    Read,
    Write,
    Poll,
    Ioctl,
    Interrupt,
    Release,
}
