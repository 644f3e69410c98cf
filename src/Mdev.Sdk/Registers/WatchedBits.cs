namespace Mdev.Sdk.Registers;

/// <summary>Bits that a guest has no business with: those of <see cref="ReservedAttribute"/> or <see cref="UnimplementedAttribute"/>.</summary>
/// <param name="Mask">The bits, at their place in the register.</param>
/// <param name="Value">What a guest must write to reserved bits, at their place; <see langword="null"/> for what it reads.</param>
/// <param name="Reason">What is not implemented; <see langword="null"/> for reserved bits.</param>
public sealed record WatchedBits(ulong Mask, ulong? Value, string? Reason = null)
{
    /// <summary>Whether they are reserved, rather than not implemented.</summary>
    public bool IsReserved => Reason is null;
}
