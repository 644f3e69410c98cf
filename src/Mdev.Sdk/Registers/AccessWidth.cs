namespace Mdev.Sdk.Registers;

/// <summary>Width of an access or a register; the value is its number of bytes.</summary>
public enum AccessWidth
{
    /// <summary>8 bits.</summary>
    Byte = 1,

    /// <summary>16 bits.</summary>
    Word = 2,

    /// <summary>32 bits.</summary>
    Dword = 4,

    /// <summary>64 bits.</summary>
    Qword = 8,
}
