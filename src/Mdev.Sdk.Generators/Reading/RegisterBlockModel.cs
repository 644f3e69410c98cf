namespace Mdev.Sdk.Generators.Reading;

/// <summary>A class with <c>[RegisterBlock]</c>.</summary>
/// <param name="Shell">Where the code goes.</param>
/// <param name="Size">Bytes it covers.</param>
/// <param name="Bus">Bytes of a lane.</param>
/// <param name="Wide">The member of WideAccess.</param>
/// <param name="Unmapped">The member of Unmapped.</param>
/// <param name="ByteOrder">The member of ByteOrder.</param>
/// <param name="Policy">What else the attribute says, as initialisers of RegisterBlockInfo.</param>
/// <param name="Properties">All register properties, also those that are wrong: each needs its implementing part.</param>
/// <param name="Registers">By offset, then source order.</param>
/// <param name="Arrays">By offset.</param>
/// <param name="Blocks">Inner blocks, by offset.</param>
/// <param name="Interrupts">Status registers that drive a line.</param>
/// <param name="ResetMethods">Calls of the reset handlers, in source order.</param>
/// <param name="Broken">Whether a mistake leaves no dispatch to emit.</param>
internal sealed record RegisterBlockModel(
    TypeShell Shell,
    uint Size,
    int Bus,
    string Wide,
    string Unmapped,
    string ByteOrder,
    EquatableArray<string> Policy,
    EquatableArray<PartialProperty> Properties,
    EquatableArray<RegisterModel> Registers,
    EquatableArray<RegisterArrayModel> Arrays,
    EquatableArray<NestedBlockModel> Blocks,
    EquatableArray<InterruptStatusModel> Interrupts,
    EquatableArray<string> ResetMethods,
    bool Broken)
{
    /// <summary>Members with <c>[Saved]</c>, in source order.</summary>
    public EquatableArray<SavedMember> Saved { get; init; }

    public const int RejectPartial = 1, IgnorePartial = 2;

    /// <summary>Value of Mdev.Sdk.Registers.PartialAccess.</summary>
    public int Partial { get; init; }

    /// <summary>The same for those who reach any byte: looks and stores without side effects.</summary>
    public RegisterBlockModel Unrestricted => Partial == 0 ? this : this with { Partial = 0 };

    /// <summary>What the block shows of itself.</summary>
    public RegisterMapModel Map { get; init; } = RegisterMapModel.Empty;

    // The widest register: no other can begin further below one that it shares bytes with.
    private const uint Widest = 8;

    /// <summary>The registers that share bytes with <paramref name="register"/>, itself included, by offset.</summary>
    public IEnumerable<RegisterModel> SharingBytesWith(RegisterModel register)
    {
        uint first = register.Offset < Widest ? 0 : register.Offset - (Widest - 1);
        for (int i = FirstFrom(first); i < Registers.Count && Registers[i].Offset < register.End; i++)
        {
            if (Registers[i].SharesBytesWith(register))
                yield return Registers[i];
        }
    }

    private int FirstFrom(uint offset)
    {
        int low = 0, high = Registers.Count;
        while (low < high)
        {
            int middle = (low + high) / 2;
            if (Registers[middle].Offset < offset)
                low = middle + 1;
            else
                high = middle;
        }

        return low;
    }
}
