namespace Mdev.Sdk.Generators.Reading;

/// <summary>A register, or an array of them, as the register map shows it.</summary>
/// <param name="Register">The register; of an array, its first.</param>
/// <param name="Count">Number of registers; 1 for one of its own.</param>
/// <param name="Stride">Bytes from one to the next; 0 for one of its own.</param>
/// <param name="AliasOf">The register whose address this is; empty for a register by itself.</param>
/// <param name="Type">What the type of its value says.</param>
/// <param name="Description">Its summary.</param>
internal sealed record MapRegisterModel(
    RegisterModel Register, int Count, uint Stride, string AliasOf, MapTypeModel Type, string Description)
{
    /// <summary>Whether it has an address; index and data pairs may be all that it has.</summary>
    public bool IsPlaced { get; init; } = true;

    /// <summary>When it is there, as its author wrote it; empty if always.</summary>
    public string Condition { get; init; } = "";

    /// <summary>Value of each register of an array after reset, where they differ; else empty.</summary>
    public EquatableArray<ulong> Resets { get; init; }

    /// <summary>Value of Mdev.Sdk.Registers.Split; 0 where it fits the bus, and has no effect.</summary>
    public int Split { get; init; }

    /// <summary>The enum that names the registers of an array; null for numbers.</summary>
    public MapIndexModel? Index { get; init; }

    /// <summary>The index and data pair whose data register it is; null for any other register.</summary>
    public MapWindowModel? Window { get; init; }

    /// <summary>What a guest's access does, handlers included: one stands in for bits that the storage does not show or take.</summary>
    public AccessMasks Access
    {
        get
        {
            RegisterModel register = Register;
            AccessMasks access = register.Access;
            ulong ones = register.Type.Ones;
            access = access with { R = register.OnRead is not null ? ones : register.CanRead ? access.R : 0 };
            if (!register.CanWrite)
                return access.WritableIn(0);
            return access.Written == 0 && register.OnWrite is not null ? access with { W = ones } : access;
        }
    }

    /// <summary>Whether the two are one register's two directions: a method for each.</summary>
    public bool Completes(MapRegisterModel other) =>
        Register.Storage is null && other.Register.Storage is null
        && Register.Name == other.Register.Name
        && Register.Offset == other.Register.Offset
        && Register.Type == other.Register.Type
        && Register.Conditions.Equals(other.Register.Conditions)
        && Register.CanRead != other.Register.CanRead;
}
