using Mdev.Sdk.Pci.Capabilities;
using Mdev.Sdk.State;

namespace Mdev.Sdk.Pci;

/// <summary>Config space's values, and behind them what each capability remembers beside its bytes.</summary>
internal sealed partial class ConfigSpace
{
    public override void SaveState(StateWriter writer)
    {
        writer.Write(sizeof(ulong), Declared());
        writer.Write(_values);
        foreach (PciCapability capability in _live)
            capability.SaveState(writer);
    }

    public override void LoadState(ref StateReader reader)
    {
        reader.Next(sizeof(ulong), out ulong declared);
        if (!reader.Fails && declared != Declared())
            reader.Refuse("The state is that of another device: its config space has other constants.");
        bool applies = reader.Next(_values.Length, out ReadOnlySpan<byte> values);
        if (reader.Fails)
            return;
        if (applies)
        {
            values.CopyTo(_values);
            ApplyCommand();
        }

        foreach (PciCapability capability in _live)
            capability.LoadState(values.Slice(capability.Offset, capability.Size), ref reader);
    }

    // What the device is: its reset values, and what a guest may change. Values alone do not say it, as power management changes bits
    // that no write does, and device code by Poke any.
    private ulong Declared() => StateHash.Of(_writable, StateHash.Of(_resetValues));
}
