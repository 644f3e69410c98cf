using Microsoft.Win32.SafeHandles;

namespace Mdev.Sdk.Interrupts;

/// <summary>One SET_IRQS, checked for everything that does not depend on the kind of interrupt.</summary>
internal readonly ref struct IrqSet
{
    public IrqSetFlags Flags { get; init; }
    public uint Start { get; init; }
    public uint Count { get; init; }

    /// <summary>One byte an interrupt where the data are bools; empty otherwise.</summary>
    public ReadOnlySpan<byte> Bools { get; init; }

    /// <summary>
    /// One descriptor an interrupt, or none at all, which takes the interrupts' eventfds away. Whoever keeps one replaces
    /// it by null; the others are closed by the caller.
    /// </summary>
    public Span<SafeFileHandle?> EventFds { get; init; }

    public IrqSetFlags Action => Flags & IrqSetFlags.ActionTypeMask;
    public IrqSetFlags Data => Flags & IrqSetFlags.DataMask;

    /// <summary>Count 0 with DATA_NONE and TRIGGER: the whole index is switched off.</summary>
    public bool DisablesIndex => Count == 0;

    /// <summary>Whether the action is meant for this interrupt: DATA_BOOL leaves out those whose byte is 0.</summary>
    public bool Selects(uint interrupt) => Data != IrqSetFlags.DataBool || Bools[(int)(interrupt - Start)] != 0;
}
