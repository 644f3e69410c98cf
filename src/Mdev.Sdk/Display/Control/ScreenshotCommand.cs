using System.Runtime.InteropServices;
using Mdev.Sdk.Display.Screens;
using Mdev.Sdk.Management.Control;

namespace Mdev.Sdk.Display.Control;

/// <summary><c>screenshot</c>: what an instance's screen shows now.</summary>
internal sealed class ScreenshotCommand(ControlledParent controlled, DeviceScreens screens)
    : AnsweringCommand<ScreenshotArguments, Screenshot>(DisplayVerbs.Screenshot)
{
    protected override Task<Screenshot> AnswerAsync(ScreenshotArguments arguments, CancellationToken cancel)
    {
        MdevInstance instance = controlled.Find(arguments.Uuid);
        if (screens.Of(instance.Uuid) is not { } screen)
            throw new MdevException(Errno.ENOTSUP, $"The device {instance.Uuid} of type {instance.Type.Id} has no screen.");
        ScreenFrame frame = screen.Capture();
        return Task.FromResult(new Screenshot(frame.Width, frame.Height, MemoryMarshal.AsBytes<uint>(frame.Pixels).ToArray()));
    }
}
