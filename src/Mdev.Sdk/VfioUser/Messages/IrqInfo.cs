using System.Runtime.InteropServices;
using Mdev.Sdk.Interrupts;

namespace Mdev.Sdk.VfioUser.Messages;

/// <summary>DEVICE_GET_IRQ_INFO and its reply. Source: vfio-user, "VFIO_USER_DEVICE_GET_IRQ_INFO".</summary>
[StructLayout(LayoutKind.Sequential, Pack = 1)]
internal readonly record struct IrqInfo(uint ArgumentSize, IrqInfoFlags Flags, uint Index, uint Count)
{
    public const int Length = 16;
}
