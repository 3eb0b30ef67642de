import sharp from 'sharp'; import zlib from 'zlib'; import {writeFileSync} from 'fs';
const {data,info}=await sharp('public/data/emoji.png').raw().toBuffer({resolveWithObject:true});
console.log(info);
const raw={width:info.width,height:info.height,channels:3};
for(const a of [true,false]){const b=await sharp(data,{raw}).png({compressionLevel:9,adaptiveFiltering:a}).toBuffer();console.log('adaptive',a,b.length)}
// column layout
const n=85*84, cols=+process.argv[2]||84;
for(const c of [1,4,21,42,84]){const rows=Math.ceil(n/c);const out=Buffer.alloc(rows*c*3072,255);
for(let i=0;i<n;i++)for(let y=0;y<32;y++){const s=((Math.floor(i/84)*32+y)*84+i%84)*96;data.copy(out,((Math.floor(i/c)*32+y)*c+i%c)*96,s,s+96)}
for(const a of [true,false]){const b=await sharp(out,{raw:{width:c*32,height:rows*32,channels:3}}).png({compressionLevel:9,adaptiveFiltering:a}).toBuffer();console.log('cols',c,a,b.length)}
console.log('brotli',c,zlib.brotliCompressSync(out).length)}
