using System.ComponentModel;

namespace Mdev.Sdk.Device;

/// <summary>Attributes of the vendor's own, which a management tool reads and writes while a guest may be running.</summary>
public abstract partial class VfioDevice
{
    /// <summary>
    /// Begins an access to an attribute: as a guest's, on the device's lock, and at its end derived interrupt lines follow, once. Called by
    /// generated code.
    /// </summary>
    /// <param name="store">Whether it changes something.</param>
    /// <exception cref="MdevException">ENODEV: the device has ended. EBUSY: it is stopped for a migration, and a change would not migrate with it.</exception>
    [EditorBrowsable(EditorBrowsableState.Never)]
    protected AttributeAccess BeginAttribute(bool store)
    {
        Gate.Enter();
        Errno refused = _ended ? Errno.ENODEV : _stopped && store ? Errno.EBUSY : Errno.None;
        if (refused != Errno.None)
        {
            Gate.Exit();
            throw new MdevException(refused, refused == Errno.ENODEV
                ? $"The device {Uuid} is gone."
                : $"The device {Uuid} is stopped for a migration, and changes nothing until it runs again.");
        }

        // Device code may use its own attributes, in the middle of something else.
        bool outermost = !Deferred.UnderWay;
        if (outermost)
            Deferred.Begin();
        return new AttributeAccess(this, outermost);
    }

    internal void EndAttribute(bool outermost)
    {
        if (outermost)
            Deferred.End();
        Gate.Exit();
        if (_reset is { } reset)
            AwaitReset(reset);
    }
}
