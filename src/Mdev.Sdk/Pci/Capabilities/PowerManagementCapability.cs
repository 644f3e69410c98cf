using Mdev.Sdk.Registers;
using Mdev.Sdk.State;

namespace Mdev.Sdk.Pci.Capabilities;

/// <summary>Power management with D0 and D3hot. Source: PCI Bus Power Management 1.2, section 3.2.</summary>
internal sealed class PowerManagementCapability(PowerManagementAttribute declared) : PciCapability(0x01, 8, declared.Offset)
{
    private const int Capabilities = 2, ControlStatus = 4;
    private const ushort Version1Point2 = 0x0003, NoSoftReset = 0x0008;
    private const byte StateBits = 0x03;

    private PciPowerState _state;
    private PciDevice? _device;

    public override bool IsLive => true;

    public override void Declare(ConfigSpace space)
    {
        _device = space.Device;
        space.ResetWord(Offset + Capabilities, Version1Point2);
        space.ResetWord(Offset + ControlStatus, declared.NoSoftReset ? NoSoftReset : (ushort)0);
    }

    public override void Write(ConfigSpace space, int inside, ReadOnlySpan<byte> bytes)
    {
        // The state's bits are not in the write mask: D1 and D2 are not there, and section 3.2.4 has such a write change nothing.
        if (!Touches(inside, bytes.Length, ControlStatus))
            return;
        var wanted = (PciPowerState)(bytes[ControlStatus - inside] & StateBits);
        if (wanted is not (PciPowerState.D0 or PciPowerState.D3Hot) || wanted == _state)
            return;

        Enter(space, wanted);
        if (wanted == PciPowerState.D0 && !declared.NoSoftReset)
            space.Device.Reset();
    }

    public override void Reset(ConfigSpace space, ResetKind kind)
    {
        if (_state != PciPowerState.D0)
            Enter(space, PciPowerState.D0);
    }

    public override void SaveState(StateWriter writer) => writer.Write(1, (ulong)_state);

    /// <summary>The device's code is not told: what it has done on entering the state is in the saved state too.</summary>
    public override void LoadState(ReadOnlySpan<byte> values, ref StateReader reader)
    {
        bool applies = reader.Next(1, out ulong saved);
        var state = (PciPowerState)saved;
        if (state is not (PciPowerState.D0 or PciPowerState.D3Hot))
            reader.Refuse("The saved state has the device in a power state that it does not have.");
        if (!applies)
            return;
        _state = state;
        _device!.RestorePowerState(state);
    }

    private void Enter(ConfigSpace space, PciPowerState state)
    {
        _state = state;
        ref byte stored = ref space.Values(Offset + ControlStatus, 1)[0];
        stored = (byte)((stored & ~StateBits) | (int)state);
        space.Device.EnterPowerState(state);
    }
}
