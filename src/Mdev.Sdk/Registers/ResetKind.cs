namespace Mdev.Sdk.Registers;

/// <summary>Why a device is reset.</summary>
public enum ResetKind
{
    /// <summary>Power-on: at creation, and before an instance gets a new user.</summary>
    Cold,

    /// <summary>The guest or its machine resets the device (VFIO_DEVICE_RESET, function-level reset).</summary>
    Warm,
}
