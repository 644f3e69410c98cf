using Mdev.Sdk.Registers;

namespace Mdev.Sdk.Device;

/// <summary>One access of a guest to a register, after it happened.</summary>
/// <param name="Region">VFIO region index; 0 to 5 are the BARs.</param>
/// <param name="Register">The register's name; <see langword="null"/> if none claims the offset.</param>
/// <param name="Offset">Offset in the region.</param>
/// <param name="Width">Bytes, 1 to 8: those of the register that the access touches.</param>
/// <param name="Value">What was read or written of it.</param>
/// <param name="IsWrite">Whether it was a write.</param>
public readonly record struct RegisterAccess(
    int Region, string? Register, uint Offset, int Width, ulong Value, bool IsWrite)
{
    /// <summary>What is declared of the register, its fields and the names of their values; <see langword="null"/> if nothing is.</summary>
    public RegisterInfo? Declaration
    {
        get => field ?? (Register is null ? null : Map?.Find(Register));
        init;
    }

    /// <summary>Where that is found by whoever wants to know: not on the device's lock.</summary>
    internal RegisterMap? Map { get; init; }
}
