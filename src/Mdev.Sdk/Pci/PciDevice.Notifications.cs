using Mdev.Sdk.Interrupts;

namespace Mdev.Sdk.Pci;

/// <summary>What a device tells its user, and not the guest's driver; and what power management tells the device.</summary>
public abstract partial class PciDevice
{
    private readonly NotificationIndex _error = new();
    private readonly NotificationIndex _request = new();

    /// <summary>The power state that software has put the device into; <see cref="PciPowerState.D0"/> without <see cref="PowerManagementAttribute"/>.</summary>
    public PciPowerState PowerState { get; private set; }

    /// <summary>
    /// Tells the client that the device has failed for good, by VFIO_PCI_ERR_IRQ_INDEX: it must stop using the device, and QEMU stops
    /// the machine. Source: the kernel's vfio-pci does so for an uncorrectable AER error.
    /// </summary>
    /// <returns>Whether anybody listens.</returns>
    /// <remarks>Thread-safe; a handler may call it.</remarks>
    public bool SignalError()
    {
        lock (Gate)
            return _error.Signal();
    }

    /// <summary>
    /// Asks the client to let go of the device, by VFIO_PCI_REQ_IRQ_INDEX. Source: the kernel's vfio-pci does so when the device is to
    /// be unbound, and asks again until it is free. QEMU's vfio-pci unplugs the device then; its vfio-user-pci, as of 11.1, does not
    /// listen.
    /// </summary>
    /// <returns>Whether anybody listens.</returns>
    /// <remarks>Thread-safe; a handler may call it.</remarks>
    public bool RequestRelease()
    {
        lock (Gate)
            return _request.Signal();
    }

    /// <summary>The same for whoever must not wait for a device whose code does not return: such a one is not asked.</summary>
    internal void RequestRelease(TimeSpan patience)
    {
        if (!Gate.TryEnter(patience))
            return;
        try
        {
            _request.Signal();
        }
        finally
        {
            Gate.Exit();
        }
    }

    /// <summary>
    /// The device has entered another power state; runs on its lock. Back in <see cref="PciPowerState.D0"/> it is reset after that,
    /// unless <see cref="PowerManagementAttribute.NoSoftReset"/> says otherwise. Source: PCI Bus Power Management 1.2, section 5.4.
    /// </summary>
    /// <param name="state">The state entered.</param>
    protected virtual void OnPowerStateChanged(PciPowerState state) { }

    internal void RestorePowerState(PciPowerState state) => PowerState = state;

    internal void EnterPowerState(PciPowerState state)
    {
        PowerState = state;
        RunGuarded(() => OnPowerStateChanged(state));
    }
}
