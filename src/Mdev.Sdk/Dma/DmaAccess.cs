namespace Mdev.Sdk.Dma;

/// <summary>What device code is going to do with guest memory.</summary>
[Flags]
public enum DmaAccess
{
    /// <summary>Read it.</summary>
    Read = 1,

    /// <summary>Write it.</summary>
    Write = 2,

    /// <summary>Both.</summary>
    ReadWrite = Read | Write,
}
