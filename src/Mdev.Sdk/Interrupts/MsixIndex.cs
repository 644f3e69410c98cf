namespace Mdev.Sdk.Interrupts;

/// <summary>
/// MSI-X: a vector is masked by its entry of the table, by the function mask, or by the client. Source: PCI Local Bus 3.0,
/// section 6.8.2.
/// </summary>
/// <remarks>
/// QEMU keeps the guest's table to itself and uses eventfds alone, so that entries here stay at their reset value, which is masked.
/// An entry that nobody has written therefore masks nothing. Vectors may be added one by one while others are in use, hence no NORESIZE.
/// </remarks>
internal sealed partial class MsixIndex(uint count) : MessageIndex(count, IrqInfoFlags.EventFd | IrqInfoFlags.Maskable)
{
    /// <summary>What the Table Size field of 11 bits can say.</summary>
    public const int MaxVectors = 2048;

    private readonly VectorBits _byEntry = new(count);
    private readonly VectorBits _byClient = new(count);
    private bool _function;

    /// <summary>Function Mask of the capability.</summary>
    public bool FunctionMask
    {
        set
        {
            if (_function == value)
                return;
            _function = value;
            for (int vector = 0; vector < Count; vector++)
                Apply(vector);
        }
    }

    /// <summary>The mask bit of an entry that software has written.</summary>
    public void SetEntryMask(int vector, bool masked)
    {
        _byEntry[vector] = masked;
        Apply(vector);
    }

    /// <summary>The table is at its reset values again, and nothing is pending.</summary>
    public void ResetTable()
    {
        ForgetPending();
        _byEntry.Clear();
        for (int vector = 0; vector < Count; vector++)
            Apply(vector);
    }

    public override void Disable()
    {
        base.Disable();
        _byClient.Clear();
        for (int vector = 0; vector < Count; vector++)
            Apply(vector);
    }

    protected override Errno Mask(in IrqSet set) => SetClientMasks(set, masked: true);

    protected override Errno Unmask(in IrqSet set) => SetClientMasks(set, masked: false);

    private Errno SetClientMasks(in IrqSet set, bool masked)
    {
        if (!Active)
            return Errno.EINVAL;
        if (set.Data == IrqSetFlags.DataEventFd)
            return Errno.ENOTTY;
        for (uint vector = set.Start; vector < set.Start + set.Count; vector++)
        {
            if (!set.Selects(vector))
                continue;
            _byClient[(int)vector] = masked;
            Apply((int)vector);
        }
        return Errno.None;
    }

    private void Apply(int vector) => SetMasked(vector, IsMasked(vector));

    private bool IsMasked(int vector) => _function || _byEntry[vector] || _byClient[vector];
}
