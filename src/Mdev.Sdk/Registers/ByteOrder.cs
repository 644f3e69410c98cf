namespace Mdev.Sdk.Registers;

/// <summary>Which byte of a register lies at its lowest address.</summary>
public enum ByteOrder
{
    /// <summary>The least significant one, as PCI has it.</summary>
    LittleEndian,

    /// <summary>The most significant one.</summary>
    BigEndian,
}
