namespace Mdev.Devices;

/// <summary>
/// Queues of crypto adapters, for one guest: a device without any region, which is all attributes. Source: Linux
/// Documentation/arch/s390/vfio-ap.rst.
/// </summary>
[VfioDevice(DeviceApi.Ap)]
public sealed partial class ApMatrix(ApParent parent) : VfioDevice
{
    // Source: linux/vfio.h, VFIO_AP_CFG_CHG_IRQ_INDEX.
    [Irq(1)] public InterruptLine ConfigurationChanged { get; } = new();

    [MdevAttribute(Undo = "ap_config")] private void AssignAdapter(uint number) => Has = Has with { Adapters = Has.Adapters.Add(number) };
    [MdevAttribute(Undo = "ap_config")] private void UnassignAdapter(uint number) => Has = Has with { Adapters = Has.Adapters.Remove(number) };
    [MdevAttribute(Undo = "ap_config")] private void AssignDomain(uint number) => Has = Has with { Domains = Has.Domains.Add(number) };
    [MdevAttribute(Undo = "ap_config")] private void UnassignDomain(uint number) => Has = Has with { Domains = Has.Domains.Remove(number) };
    [MdevAttribute(Undo = "ap_config")] private void AssignControlDomain(uint number) => Has = Has with { ControlDomains = Has.ControlDomains.Add(number) };
    [MdevAttribute(Undo = "ap_config")] private void UnassignControlDomain(uint number) => Has = Has with { ControlDomains = Has.ControlDomains.Remove(number) };

    [MdevAttribute] private IEnumerable<string> Matrix => Has.Queues.Select(ApParent.NameOf);
    [MdevAttribute] private IEnumerable<string> ControlDomains => Has.ControlDomains.Select(number => $"{number:x4}");

    /// <summary>All three masks at once.</summary>
    [MdevAttribute] private string ApConfig { get => Has.ToString(); set => Has = ApConfiguration.Parse(value); }

    private ApConfiguration Has
    {
        get;
        set
        {
            parent.Assign(this, value);
            field = value;
            ConfigurationChanged.Pulse();
        }
    }
        = ApConfiguration.None;

    protected override void Dispose(bool disposing)
    {
        parent.Release(this);
        base.Dispose(disposing);
    }
}
