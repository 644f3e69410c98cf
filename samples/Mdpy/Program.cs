using Mdev.Sdk.Web;
using Mdpy;

return MdevProgram.Run(args, "A display of fixed size, the kernel's mdpy in C#.", [], _ => new MdpyParent(), [new WebScreens()]);
