namespace Mdev.Sdk;

/// <summary>Base of a vendor's parent. The generator implements what is abstract from the attributes.</summary>
/// <typeparam name="TDevice">What an instance is.</typeparam>
/// <typeparam name="TConfig">What one type differs from another in; an immutable record.</typeparam>
public abstract class MdevParent<TDevice, TConfig> : MdevParent
    where TDevice : class, IDisposable
{
    /// <summary>
    /// Makes the device of a new instance. The generator implements it by <typeparamref name="TDevice"/>'s constructor,
    /// whose parameters may be a <typeparamref name="TConfig"/> and the parent; a parent that needs more overrides it.
    /// </summary>
    /// <param name="config">The value of the type's property.</param>
    /// <exception cref="MdevException">The instance cannot be made now; its errno reaches whoever asked.</exception>
    protected abstract TDevice CreateDevice(TConfig config);

    private protected sealed override IDisposable CreateDevice(MdevType type) =>
        CreateDevice(((MdevType<TConfig>)type).Config);
}
