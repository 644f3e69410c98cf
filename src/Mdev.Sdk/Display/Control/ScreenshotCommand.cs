using System.Buffers;
using System.Runtime.InteropServices;
using System.Text.Json;
using Mdev.Sdk.Display.Screens;
using Mdev.Sdk.Management.Control;

namespace Mdev.Sdk.Display.Control;

/// <summary><c>screenshot</c>: what an instance's screen shows now.</summary>
internal sealed class ScreenshotCommand(ControlledParent controlled, DeviceScreens screens) : ControlCommand(DisplayVerbs.Screenshot.Name)
{
    public override async Task RunAsync(JsonElement? arguments, ControlAnswers answers, CancellationToken cancel)
    {
        MdevInstance instance = controlled.Find(Read(arguments, DisplayVerbs.Screenshot.Arguments).Uuid);
        if (screens.Of(instance.Uuid) is not { } screen)
            throw new MdevException(Errno.ENOTSUP, $"The device {instance.Uuid} of type {instance.Type.Id} has no screen.");
        ScreenFrame frame = screen.Capture();
        await answers.ReturnAsync(new Screenshot(frame.Width, frame.Height), DisplayVerbs.Screenshot.Answer).ConfigureAwait(false);
        byte[] pixels = ArrayPool<byte>.Shared.Rent(sizeof(uint) * frame.Pixels.Length);
        try
        {
            MemoryMarshal.AsBytes<uint>(frame.Pixels).CopyTo(pixels);
            await answers.BytesAsync(pixels.AsMemory(0, sizeof(uint) * frame.Pixels.Length)).ConfigureAwait(false);
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(pixels);
        }
    }
}
