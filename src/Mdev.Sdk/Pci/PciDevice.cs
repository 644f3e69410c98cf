namespace Mdev.Sdk.Pci;

/// <summary>Base of a vendor's PCI device.</summary>
public abstract class PciDevice : IDisposable
{
    /// <summary>Tells the SDK what the attributes say; generated.</summary>
    protected abstract void Declare(PciDeclaration pci);

    /// <inheritdoc/>
    public void Dispose() => GC.SuppressFinalize(this);
}
