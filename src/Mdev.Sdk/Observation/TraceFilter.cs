namespace Mdev.Sdk.Observation;

/// <summary>What of a device's accesses a trace shows; interrupts and resets it shows always.</summary>
/// <param name="Region">Only this VFIO region index.</param>
/// <param name="Register">Only accesses of this register; of an array or an inner block by its name, all in it.</param>
internal sealed record TraceFilter(int? Region = null, string? Register = null)
{
    public bool Has(uint region) => Region is null || (uint)Region == region;

    public bool Has(string? register)
    {
        if (Register is null)
            return true;
        return register is not null && register.StartsWith(Register, StringComparison.OrdinalIgnoreCase)
            && (register.Length == Register.Length || register[Register.Length] is '[' or '.');
    }
}
